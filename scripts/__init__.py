"""What makes parts of docs/ from the program itself."""
