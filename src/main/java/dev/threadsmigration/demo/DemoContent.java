package dev.threadsmigration.demo;

import java.util.ArrayList;
import java.util.List;

/** All rows of the demo. Composed from fixed seeds, one an entity, so that a change to one leaves the others alone. */
record DemoContent(
        List<LegacyUser> users, List<LegacyThread> threads, List<LegacyFeedback> feedback, TargetContent target) {

    private static final int ORDINARY_USERS = 500;
    private static final int ORDINARY_THREADS = 10_000;
    private static final int ORDINARY_FEEDBACK = 3_000;

    static DemoContent compose() {
        Phrases phrases = Phrases.load();

        UserDrafts userDrafts = new UserDrafts(phrases, new Chance(2019));
        List<Member> members = userDrafts.next(ORDINARY_USERS);
        List<LegacyUser> users = new ArrayList<>(ORDINARY_USERS + 10);
        for (Member member : members) {
            users.add(member.row());
        }
        List<LegacyUser> rejectedUsers = BadUsers.compose(userDrafts);
        users.addAll(rejectedUsers);

        ThreadDrafts threadDrafts = new ThreadDrafts(phrases, members, new Chance(2020));
        List<LegacyThread> ordinaryThreads = threadDrafts.next(ORDINARY_THREADS);
        List<LegacyThread> badThreads = BadThreads.compose(threadDrafts, rejectedUsers);
        RepeatedThreads repeated = RepeatedThreads.compose(threadDrafts, members);
        List<LegacyThread> threads = new ArrayList<>(ORDINARY_THREADS + 100);
        threads.addAll(ordinaryThreads);
        threads.addAll(UnusualThreads.compose(threadDrafts));
        threads.addAll(badThreads);
        threads.addAll(repeated.all());

        FeedbackDrafts feedbackDrafts = new FeedbackDrafts(phrases, members, ordinaryThreads, new Chance(2021));
        List<LegacyFeedback> feedback = new ArrayList<>(feedbackDrafts.next(ORDINARY_FEEDBACK));
        feedback.addAll(BadFeedback.compose(feedbackDrafts, rejectedUsers, badThreads));

        TargetContent target = TargetContent.compose(phrases, members, repeated, new Chance(2022));
        return new DemoContent(users, threads, feedback, target);
    }
}
