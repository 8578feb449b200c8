"""Every page that a test walks through, by its address in one language."""

PAGES = (
    "startups",
    "startups?q=ai&stage=seed&region=11&kind=startup",
    "startups?q=nothing-has-this-name",
    "startups?page=2",
    "startups/s-0001",
    "startups/s-0001?on=2031-01-01",
    "startups/s-0001?on=2031-01-01&ineligible=1&limit=50",
    "startups/s-0001/eligibility",
    "startups/s-0001/eligibility?page=2",
    "startups/s-0001/programs/majung-2026",
)
