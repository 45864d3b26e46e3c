package dev.threadsmigration.rollback;

import dev.threadsmigration.support.Forum;

class H2RollbackIntegrationTests extends RollbackContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }
}
