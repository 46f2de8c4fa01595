package io.triggerquery.consumer.internal.kafka;

import java.util.Set;

/**
 * The topics that the application declares as beans.
 *
 * @param names their names
 * @param creation creates those that are missing, if the application may; need not succeed
 */
public record DeclaredTopics(Set<String> names, Runnable creation) {

    void create() {
        creation.run();
    }
}
