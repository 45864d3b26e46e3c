package dev.threadsmigration.validation;

import dev.threadsmigration.support.Forum;

class PostgresTamperedTargetIntegrationTests extends TamperedTargetContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }
}
