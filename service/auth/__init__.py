"""Who may do what: every route states its policy, which is kept to before its view is called."""
