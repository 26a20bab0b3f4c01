"""Points in space and time: what follows what (Knox, near repeat), and how dense they are."""
