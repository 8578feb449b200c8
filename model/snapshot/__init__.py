"""The frozen folder in: startups, programs and outcomes as files and rows, read whole or refused."""
