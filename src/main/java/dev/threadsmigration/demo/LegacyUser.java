package dev.threadsmigration.demo;

import java.time.OffsetDateTime;

/** A row of {@code legacy_users}; anything but the id may be null. */
record LegacyUser(
        String id, long legacyId, String fullName, String email, OffsetDateTime created, OffsetDateTime modified) {

    LegacyUser withFullName(String other) {
        return new LegacyUser(id, legacyId, other, email, created, modified);
    }

    LegacyUser withCreated(OffsetDateTime other) {
        return new LegacyUser(id, legacyId, fullName, email, other, modified);
    }
}
