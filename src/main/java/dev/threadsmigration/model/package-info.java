/** The words of a migration as values: entities, fields, legacy rows, target records and their outcomes. */
@NullMarked
package dev.threadsmigration.model;

import org.jspecify.annotations.NullMarked;
