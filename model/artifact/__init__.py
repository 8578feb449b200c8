"""The frozen folder out: a fitted matcher as files that are verified, and the versions that lie side by side."""
