package io.triggerquery.consumer.internal.query;

import org.apache.hc.core5.http.Header;

/**
 * A header whose value does not appear in logs. The HTTP client logs headers at level debug.
 *
 * @param getName the name
 * @param getValue the value
 */
record SecretHeader(String getName, String getValue) implements Header {

    @Override
    public boolean isSensitive() {
        return true;
    }

    @Override
    public String toString() {
        return getName + ": ******";
    }
}
