"""The web app: one module per place, over the same workflows as the command line."""
