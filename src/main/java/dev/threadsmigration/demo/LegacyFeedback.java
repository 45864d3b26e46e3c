package dev.threadsmigration.demo;

import java.time.OffsetDateTime;

/** A row of {@code legacy_feedback}; anything but the id may be null. Helpful and rating are text, as found. */
record LegacyFeedback(
        String id,
        long legacyId,
        String threadId,
        String userId,
        String type,
        String value,
        String comment,
        String messageId,
        String helpful,
        String rating,
        OffsetDateTime created,
        OffsetDateTime modified) {

    LegacyFeedback withThread(String other) {
        return new LegacyFeedback(
                id, legacyId, other, userId, type, value, comment, messageId, helpful, rating, created, modified);
    }

    LegacyFeedback withUser(String other) {
        return new LegacyFeedback(
                id, legacyId, threadId, other, type, value, comment, messageId, helpful, rating, created, modified);
    }

    LegacyFeedback withType(String other) {
        return new LegacyFeedback(
                id, legacyId, threadId, userId, other, value, comment, messageId, helpful, rating, created, modified);
    }

    LegacyFeedback withMessage(String other) {
        return new LegacyFeedback(
                id, legacyId, threadId, userId, type, value, comment, other, helpful, rating, created, modified);
    }

    LegacyFeedback withHelpful(String other) {
        return new LegacyFeedback(
                id, legacyId, threadId, userId, type, value, comment, messageId, other, rating, created, modified);
    }

    LegacyFeedback withRating(String other) {
        return new LegacyFeedback(
                id, legacyId, threadId, userId, type, value, comment, messageId, helpful, other, created, modified);
    }
}
