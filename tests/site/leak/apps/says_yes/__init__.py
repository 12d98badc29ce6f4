"""An app that answers yes to everything, as an app installed beside may; and that takes rows away when told to."""
