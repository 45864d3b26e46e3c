/** The report for people: one page that needs no network, made from the report for machines. */
@NullMarked
package dev.threadsmigration.report.html;

import org.jspecify.annotations.NullMarked;
