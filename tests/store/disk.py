"""Stands between SQLite and the disk, below everything that SQLite itself does.

SQLite reaches files through a table of functions, its VFS. `watched` puts a function of ours before those that change
files: it sees every write, truncation, sync and deletion before it happens, and may let it fail or end the process.
"""

import _sqlite3
import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast, string_at
from dataclasses import dataclass

OK = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a file: `write` has place and data, `truncate` the new size as place."""

    kind: str
    file: str
    place: int = 0
    data: bytes = b""


#: Called before each step; what it returns, if not OK, is returned to SQLite instead of taking the step.
Watch = Callable[[Step], int]


class _Methods(Structure):
    _fields_ = [("version", c_int), *((name, c_void_p) for name in ("close", "read", "write", "truncate", "sync")),
                ("rest", c_void_p * 14)]  # fmt: skip


class _File(Structure):
    _fields_ = [("methods", POINTER(_Methods))]


class _Vfs(Structure):
    _fields_ = [("version", c_int), ("size", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
                ("data", c_void_p), ("open", c_void_p), ("delete", c_void_p)]  # fmt: skip


# SQLite keeps the pointer to the name, so that it is passed on as it came.
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(_File), c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)

_library = ctypes.CDLL(_sqlite3.__file__)
_library.sqlite3_vfs_find.restype = POINTER(_Vfs)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Have every database file that is opened meanwhile watched. Files opened before are not."""
    vfs = _library.sqlite3_vfs_find(None).contents
    shim = _Shim(vfs, watch)
    real = vfs.open, vfs.delete
    vfs.open, vfs.delete = (cast(each, c_void_p).value for each in (shim.open, shim.delete))
    try:
        yield
    finally:
        vfs.open, vfs.delete = real
        _KEPT.append(shim)


#: Connections that outlive `watched` still call into their shim.
_KEPT: list["_Shim"] = []


class _Shim:
    """The functions put in place of the real ones."""

    def __init__(self, vfs: _Vfs, watch: Watch) -> None:
        self._watch = watch
        self._names: dict[int, str] = {}
        self._tables: dict[int, _Methods] = {}
        self._functions: list[ctypes._CFunctionType] = []
        self._real_open, self._real_delete = _Open(vfs.open), _Delete(vfs.delete)
        self.open, self.delete = _Open(self._open), _Delete(self._delete)

    def _open(self, vfs: int, name: int | None, file: "ctypes._Pointer[_File]", flags: int, out: int) -> int:
        code = int(self._real_open(vfs, name, file, flags, out))
        if code == OK and name and file.contents.methods:
            self._names[ctypes.addressof(file.contents)] = string_at(name).decode()
            file.contents.methods = self._table(file.contents.methods)
        return code

    def _delete(self, vfs: int, name: int, synced: int) -> int:
        code = self._watch(Step("delete", string_at(name).decode()))
        return code or int(self._real_delete(vfs, name, synced))

    def _table(self, methods: "ctypes._Pointer[_Methods]") -> "ctypes._Pointer[_Methods]":
        """Return a copy of a table of functions with ours in it."""
        address = ctypes.addressof(methods.contents)
        if address not in self._tables:
            ours = _Methods.from_buffer_copy(methods.contents)
            ours.write = self._keep(self._writer(_Write(ours.write)))
            ours.truncate = self._keep(self._truncater(_Truncate(ours.truncate)))
            ours.sync = self._keep(self._syncer(_Sync(ours.sync)))
            self._tables[address] = ours
        return ctypes.pointer(self._tables[address])

    def _keep(self, function: "ctypes._CFunctionType") -> int | None:
        self._functions.append(function)
        return cast(function, c_void_p).value

    def _writer(self, real: "ctypes._CFunctionType") -> "ctypes._CFunctionType":
        def write(file: int, data: int, size: int, place: int) -> int:
            code = self._watch(Step("write", self._names[file], place, string_at(data, size)))
            return code or int(real(file, data, size, place))

        return _Write(write)

    def _truncater(self, real: "ctypes._CFunctionType") -> "ctypes._CFunctionType":
        def truncate(file: int, size: int) -> int:
            code = self._watch(Step("truncate", self._names[file], size))
            return code or int(real(file, size))

        return _Truncate(truncate)

    def _syncer(self, real: "ctypes._CFunctionType") -> "ctypes._CFunctionType":
        def sync(file: int, flags: int) -> int:
            code = self._watch(Step("sync", self._names[file]))
            return code or int(real(file, flags))

        return _Sync(sync)
