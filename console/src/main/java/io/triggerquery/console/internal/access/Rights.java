package io.triggerquery.console.internal.access;

import org.jspecify.annotations.Nullable;

/**
 * What the user of a request may do.
 *
 * @param user the name of the user, or null if the request is not authenticated
 * @param mayNotRead why the user may not read, or null if he or she may
 * @param mayNotOperate why the user may not operate, or null if he or she may
 */
public record Rights(
        @Nullable String user,
        @Nullable String mayNotRead,
        @Nullable String mayNotOperate) {

    static Rights none(@Nullable String user, String why) {
        return new Rights(user, why, why);
    }
}
