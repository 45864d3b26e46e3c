package dev.threadsmigration.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ids. The expected ones were computed by another program:
 * {@code python3 -c "import uuid; print(uuid.uuid5(uuid.UUID('6f1c2a4e-9d3b-4c58-8a7e-1b2c3d4e5f60'), 'users:u-1'))"}.
 */
class IdTransformTests {

    @ParameterizedTest
    @CsvSource({
        "USERS, u-1, 687930cb-aa67-5a12-84d0-59687b62e2f5",
        "USERS, 42, be7e57e2-30b6-5a4d-bfbc-841124091d43",
        "USERS, 00042, fbaf665d-7984-56f8-b6cd-1c15be7b8f93",
        "THREADS, thr_1, 0a8729c3-a064-55c6-98ca-6d03776f3f12",
        "THREADS, T-1, 85bd4677-15f0-5295-9166-9628e580d9f6",
        "THREADS, t-1, 5c68403b-b49c-5516-b470-20b60d1ec548",
        "THREADS, ' t-1', 8b305f70-b574-5782-80bc-9aec27e2f30d",
        "THREADS, 日本-1, 3236568e-8d41-529c-a539-52956388eec3",
        "THREADS, 123e4567e89b12d3a456426614174000, 7b1caed5-e35a-520e-9d81-ccfa5c2cff41",
        "THREADS, {123e4567-e89b-12d3-a456-426614174000}, 9a3eb4d4-5bdc-579e-9070-031664218845",
        "THREADS, 123e4567-e89b-12d3-a456-42661417400g, b4a97c82-f12d-5e4d-8350-3710877f9f06",
        "FEEDBACK, fb-1, cc333863-de80-584c-971f-38adb3445721",
        "USERS, 7, de2ca511-0547-5fa4-8df9-5507e3e12ced",
        "THREADS, 7, 409e7f74-be45-5efb-a393-96cb5171e7f0",
        "FEEDBACK, 7, 4f337e9a-8bf3-52d7-a5f9-e719bb45899d"
    })
    void anIdThatIsNoUuidBecomesTheUuid5OfEntityAndId(Entity entity, String legacyId, UUID expected) {
        assertThat(LegacyRecord.of(entity).with("id", legacyId).mapped().id()).isEqualTo(expected);
    }

    @Test
    void aNumberIsAnIdAsItsDigitsAre() {
        UUID expected = UUID.fromString("be7e57e2-30b6-5a4d-bfbc-841124091d43");
        assertThat(LegacyRecord.of(Entity.USERS).with("id", 42L).mapped().id()).isEqualTo(expected);
        assertThat(LegacyRecord.of(Entity.USERS)
                        .with("id", new BigDecimal("42"))
                        .mapped()
                        .id())
                .isEqualTo(expected);
        assertThat(LegacyRecord.of(Entity.USERS).with("id", 42.0).mapped().id()).isEqualTo(expected);
        assertThat(LegacyRecord.of(Entity.USERS).with("id", 42.5).mapped().id()).isNotEqualTo(expected);
        assertThat(IdMapping.namespaceOf("any")).isNotNull();
    }

    @Test
    void aNumberWithAnExponentIsTheSameIdAsItsKeyInTheLedger() {
        UUID plain = LegacyRecord.of(Entity.USERS).with("id", "1000").mapped().id();
        assertThat(LegacyRecord.of(Entity.USERS)
                        .with("id", new BigDecimal("1E+3"))
                        .mapped()
                        .id())
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "123e4567-e89b-12d3-a456-426614174000, 123e4567-e89b-12d3-a456-426614174000",
        "123E4567-E89B-12D3-A456-426614174000, 123e4567-e89b-12d3-a456-426614174000",
        "00000000-0000-0000-0000-000000000000, 00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, ffffffff-ffff-ffff-ffff-ffffffffffff"
    })
    void aUuidStaysAsItIs(String legacyId, UUID expected) {
        assertThat(LegacyRecord.aThread().with("id", legacyId).mapped().id()).isEqualTo(expected);
        assertThat(LegacyRecord.aThread()
                        .with("id", UUID.fromString(legacyId))
                        .mapped()
                        .id())
                .isEqualTo(expected);
    }

    @Test
    void referencesFollowTheIdsOfWhatTheyReferTo() {
        LegacyRecord thread = LegacyRecord.aThread().with("owner_id", "u-1").with("company_id", "acme");
        assertThat(thread.mapped(Field.USER_ID)).isEqualTo(UUID.fromString("687930cb-aa67-5a12-84d0-59687b62e2f5"));
        assertThat(thread.mapped(Field.ORGANIZATION_ID))
                .isEqualTo(UUID.fromString("7eaac5c7-2602-5037-a68c-37bdccf64259"));

        LegacyRecord feedback =
                LegacyRecord.of(Entity.FEEDBACK).with("thread_id", "t-1").with("user_id", 42L);
        assertThat(feedback.mapped(Field.THREAD_ID)).isEqualTo(UUID.fromString("5c68403b-b49c-5516-b470-20b60d1ec548"));
        assertThat(feedback.mapped(Field.USER_ID)).isEqualTo(UUID.fromString("be7e57e2-30b6-5a4d-bfbc-841124091d43"));
    }

    @Test
    void theNamespaceOfAMigrationIsMadeFromItsName() {
        assertThat(IdMapping.namespaceOf("forum-2026"))
                .isEqualTo(UUID.fromString("cc369eb3-54d4-5b96-a0c4-bf8f42afe5a3"));
        assertThat(IdMapping.namespaceOf("demo")).isEqualTo(UUID.fromString("fac71fb1-5da1-5dc6-94c0-75828236267f"));
    }
}
