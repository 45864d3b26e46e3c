package dev.threadsmigration.demo;

import java.time.OffsetDateTime;

/** A row of {@code legacy_threads}; anything but the id may be null. */
record LegacyThread(
        String id,
        long legacyId,
        String subject,
        String ownerId,
        String companyId,
        String divisionCode,
        String customFields,
        OffsetDateTime created,
        OffsetDateTime modified) {

    LegacyThread withId(String other) {
        return new LegacyThread(
                other, legacyId, subject, ownerId, companyId, divisionCode, customFields, created, modified);
    }

    LegacyThread withSubject(String other) {
        return new LegacyThread(id, legacyId, other, ownerId, companyId, divisionCode, customFields, created, modified);
    }

    LegacyThread withOwner(String other) {
        return new LegacyThread(id, legacyId, subject, other, companyId, divisionCode, customFields, created, modified);
    }

    LegacyThread withCompany(String other) {
        return new LegacyThread(id, legacyId, subject, ownerId, other, divisionCode, customFields, created, modified);
    }

    LegacyThread withDivision(String other) {
        return new LegacyThread(id, legacyId, subject, ownerId, companyId, other, customFields, created, modified);
    }

    LegacyThread withCustomFields(String other) {
        return new LegacyThread(id, legacyId, subject, ownerId, companyId, divisionCode, other, created, modified);
    }

    LegacyThread withDates(OffsetDateTime otherCreated, OffsetDateTime otherModified) {
        return new LegacyThread(
                id, legacyId, subject, ownerId, companyId, divisionCode, customFields, otherCreated, otherModified);
    }
}
