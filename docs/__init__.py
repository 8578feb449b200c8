"""The pages, and the program that keeps their answers true."""
