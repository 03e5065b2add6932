"""What is known: the register, the pages and the names, loaded and checked."""
