package dev.threadsmigration.demo;

import java.util.List;

/** Feedback that must be rejected, each for the one reason beside it. */
final class BadFeedback {

    private BadFeedback() {}

    static List<LegacyFeedback> compose(
            FeedbackDrafts drafts, List<LegacyUser> rejectedUsers, List<LegacyThread> rejectedThreads) {
        return List.of(
                drafts.next().withThread(drafts.uuid()), // thread_not_found
                drafts.next().withThread(rejectedThreads.get(2).id()), // thread_rejected
                drafts.next().withThread(rejectedThreads.get(3).id()), // thread_rejected
                drafts.next().withUser(drafts.uuid()), // user_not_found
                drafts.next().withUser(rejectedUsers.get(0).id()), // user_rejected
                drafts.next().withUser(rejectedUsers.get(1).id()), // user_rejected
                drafts.next().withRating("7"), // value_not_allowed
                drafts.next().withRating("five"), // wrong_type
                drafts.next().withHelpful("maybe"), // wrong_type
                drafts.next().withType(null), // required_missing
                drafts.next().withType("satisfaction-survey-of-the-third-quarter-of-the-year"), // too_long: over 50
                drafts.next().withMessage("msg_" + "0123456789abcdef".repeat(16))); // too_long: over 255
    }
}
