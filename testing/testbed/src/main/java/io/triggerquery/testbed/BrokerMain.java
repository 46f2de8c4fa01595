package io.triggerquery.testbed;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** What the broker's own JVM runs: Kafka's two public tools, one after the other. */
final class BrokerMain {

    // sixteen bytes in base 64
    private static final String CLUSTER_ID = "dHJpZ2dlci1xdWVyeS1wcg";

    private BrokerMain() {}

    public static void main(String[] arguments) {
        ParentWatch.start();
        String properties = arguments[0];
        int formatted = StorageTool.execute(
                new String[] {"format", "--config", properties, "--cluster-id", CLUSTER_ID, "--ignore-formatted"},
                System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Kafka.main(new String[] {properties});
    }
}
