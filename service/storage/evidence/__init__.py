"""Evidence: lasting rows, how they are proved, guarded, and worded anew when a startup is erased."""
