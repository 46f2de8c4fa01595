package io.triggerquery.documentation.example.consumer;

import java.util.ArrayList;
import java.util.List;

/** A store that cannot compare versions. */
final class Payments {

    final List<Billing> updates = new ArrayList<>();

    void update(Billing billing) {
        updates.add(billing);
    }
}
