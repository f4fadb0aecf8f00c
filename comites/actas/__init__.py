"""The minute of a session: what it holds (`contenido`), what each reader sees of it (`versiones`), and how it
is printed (`documento`). `canonico` turns it into the bytes of which its hash is made."""
