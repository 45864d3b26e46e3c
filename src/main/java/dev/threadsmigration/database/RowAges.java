package dev.threadsmigration.database;

/**
 * How a server tells rows that were written before a mark in time from those that were written later.
 *
 * @param horizonQuery a SELECT of such a mark, a number: every transaction before it has ended
 * @param ageAtHorizonQuery with a mark as its parameter, a SELECT of the age that a row has at least if it was written
 *     before it
 * @param ageOfRow the age of a row, as SQL
 */
public record RowAges(String horizonQuery, String ageAtHorizonQuery, String ageOfRow) {}
