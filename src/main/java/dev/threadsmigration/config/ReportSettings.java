package dev.threadsmigration.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the report shows.
 *
 * @param redact whether titles, names, comments and custom values stand in reports and error files as their length and
 *     hash only
 */
public record ReportSettings(@DefaultValue("false") boolean redact) {}
