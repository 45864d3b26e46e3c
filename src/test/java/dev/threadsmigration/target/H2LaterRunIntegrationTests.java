package dev.threadsmigration.target;

import dev.threadsmigration.support.Forum;

class H2LaterRunIntegrationTests extends LaterRunContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }
}
