package dev.threadsmigration.validation;

/** Who wrote a record, and thereby how exactly it must be what its legacy row says. */
enum Origin {
    /** The migration: with its markers, and with all columns beside the fields. */
    MIGRATION,
    /** Somebody before the migration, who may have given it no markers. */
    FOUND,
    /** The application, and its legacy row was made of it: legacy may say it less exactly. */
    APPLICATION
}
