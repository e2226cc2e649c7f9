/**
 * Checks of alert rules, of Alertmanager's configuration and of runbooks, and alerting from end to
 * end with the real Prometheus and Alertmanager. Read {@link
 * dev.parallax.endtoend.alerts.RuleMutants} for the check of the rules' tests, {@code AlertingIT}
 * for the whole way of an alert.
 */
@NullMarked
package dev.parallax.endtoend.alerts;

import org.jspecify.annotations.NullMarked;
