package io.triggerquery.consumer.internal.resync;

/** The result of a request for a resync. */
public enum ResyncStart {

    /** The run begins within a second. */
    NOW,

    /** Another run is active. When it has ended, exactly one more begins, however often it was requested. */
    AFTER_THE_RUN,

    /** Another instance runs the resync: the one that has partition 0 of the listener's topic. */
    ELSEWHERE,

    /** The listener has no {@link io.triggerquery.consumer.ResyncSource}; only single ids can be triggered. */
    NO_SOURCE
}
