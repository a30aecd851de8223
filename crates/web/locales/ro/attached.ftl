search-in-file = În fișierul
