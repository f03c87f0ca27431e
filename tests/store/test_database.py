"""Opening, closing, faults."""

from outgrow.store.database import Store


def test_an_empty_store_is_whole(store: Store) -> None:
    assert store.integrity() == []
