package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.ProjectedIds;

/** A projection that can list its ids and their versions. */
interface ListedProjection {

    /** Returns its ids, as those of a listener. */
    ProjectedIds idsOf(String listener);
}
