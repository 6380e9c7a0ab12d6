// Lets the GOV.UK Frontend's components know that scripts run. In a file of its own: no script stands in a page.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
