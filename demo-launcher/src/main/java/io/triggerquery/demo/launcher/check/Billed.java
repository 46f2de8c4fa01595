package io.triggerquery.demo.launcher.check;

import org.jspecify.annotations.Nullable;

/** Whether a payment is billed, as one of the services sees it. */
record Billed(boolean billed, @Nullable String billId, long version) {

    @Override
    public String toString() {
        return (billed ? "billed by " + billId : "not billed") + ", version " + version;
    }
}
