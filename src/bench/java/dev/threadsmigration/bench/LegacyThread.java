package dev.threadsmigration.bench;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code legacy_threads}, as a program reads it that was written for this one table. */
record LegacyThread(
        UUID id,
        long legacyId,
        @Nullable String subject,
        @Nullable UUID ownerId,
        @Nullable UUID companyId,
        @Nullable String divisionCode,
        @Nullable String customFields,
        OffsetDateTime createdDate,
        @Nullable OffsetDateTime modifiedDate) {

    static final String COLUMNS =
            "id, legacy_id, subject, owner_id, company_id, division_code, custom_fields, created_date, modified_date";

    static LegacyThread read(ResultSet row) throws SQLException {
        return new LegacyThread(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getObject(5, UUID.class),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class),
                row.getObject(9, OffsetDateTime.class));
    }
}
