package io.triggerquery.documentation.example.readme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The projection of the README's listener. */
final class LocalCopy {

    static final Map<String, Billing> BILLINGS = new ConcurrentHashMap<>();

    private LocalCopy() {}
}
