/**
 * What can be proved of the dashboards without a Grafana server: rules that every board keeps, and
 * every query against a real Prometheus that scraped a real run. Read {@link
 * dev.parallax.endtoend.dashboards.BoardRules} first.
 */
@NullMarked
package dev.parallax.endtoend.dashboards;

import org.jspecify.annotations.NullMarked;
