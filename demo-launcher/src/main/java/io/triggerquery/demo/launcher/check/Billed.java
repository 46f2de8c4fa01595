package io.triggerquery.demo.launcher.check;

import org.jspecify.annotations.Nullable;

/** The billing of a payment in one of the services. */
record Billed(boolean billed, @Nullable String billId, long version) {

    @Override
    public String toString() {
        return (billed ? "billed by " + billId : "not billed") + ", version " + version;
    }
}
