// What went wrong is read out and gets the focus, and its links lead to the fields: the GOV.UK Frontend's error summary.

import { ErrorSummary } from "./govuk/error-summary.js";

for (const summary of document.querySelectorAll('[data-module="govuk-error-summary"]')) new ErrorSummary(summary);
