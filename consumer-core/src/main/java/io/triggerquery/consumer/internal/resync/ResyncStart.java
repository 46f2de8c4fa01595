package io.triggerquery.consumer.internal.resync;

/** The result of a request for a resync. */
public enum ResyncStart {

    /** It begins within a second. */
    NOW,

    /** Another run is at work. When that one has ended, exactly one more begins, however often it is asked for. */
    AFTER_THE_RUN,

    /** This instance does not run it: ask the one that has partition 0 of the listener's topic. */
    ELSEWHERE,

    /** The listener has no {@link io.triggerquery.consumer.ResyncSource}; only single ids can be asked for. */
    NO_SOURCE
}
