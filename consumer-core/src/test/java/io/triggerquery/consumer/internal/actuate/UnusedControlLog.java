package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.ControlLog;
import java.util.concurrent.CompletableFuture;

/** A disabled control topic. */
final class UnusedControlLog implements ControlLog {

    @Override
    public String topic() {
        return "g-triggerquery-control";
    }

    @Override
    public String unavailable() {
        return "it is switched off";
    }

    @Override
    public CompletableFuture<Long> send(byte[] key, byte[] value) {
        throw new AssertionError("nothing is sent while it is switched off");
    }
}
