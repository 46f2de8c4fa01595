package io.triggerquery.consumer.internal.kafka;

import java.util.Set;

/**
 * The topics that the application declares as beans.
 *
 * @param names their names
 * @param creation creates the missing ones, if the application has the rights; it may fail
 */
public record DeclaredTopics(Set<String> names, Runnable creation) {

    void create() {
        creation.run();
    }
}
