package io.laminar.testing.chaos;

import java.nio.file.Path;

/**
 * The pipeline of a run and where its three answers go.
 *
 * @param broker of all topics
 * @param database URL of JDBC
 * @param topic of the sales
 * @param files folder of the matches
 * @param table of the totals
 */
record Pipeline(String broker, String database, String topic, Path files, String table) {
    static final String ORDERS = "orders";
    static final String PAYMENTS = "payments";

    private static final String SQL = """
            SET checkpoint_interval = '1 s';
            SET updating_flush_interval = '100 ms';
            CREATE TABLE orders (
              id BIGINT NOT NULL, customer BIGINT NOT NULL, shop BIGINT NOT NULL, amount BIGINT NOT NULL, at TIMESTAMP,
              WATERMARK FOR at AS at - INTERVAL '%1$d milliseconds'
            ) WITH (
              connector = 'kafka', bootstrap_servers = '%2$s', topic = 'orders', source.offset = 'earliest',
              format = 'json');
            CREATE TABLE payments (
              id BIGINT NOT NULL, order_id BIGINT NOT NULL, paid BIGINT NOT NULL, at TIMESTAMP,
              WATERMARK FOR at AS at - INTERVAL '%1$d milliseconds'
            ) WITH (
              connector = 'kafka', bootstrap_servers = '%2$s', topic = 'payments', source.offset = 'earliest',
              format = 'json');
            CREATE TABLE sales (second BIGINT, shop BIGINT, n BIGINT, amount BIGINT) WITH (
              connector = 'kafka', bootstrap_servers = '%2$s', topic = '%3$s', sink.commit_mode = 'exactly_once',
              format = 'json');
            CREATE TABLE matches (order_id BIGINT, amount BIGINT, payment_id BIGINT, paid BIGINT) WITH (
              connector = 'filesystem', path = '%4$s', format = 'json',
              rolling_policy.interval = '5 s', rolling_policy.inactivity_interval = '1 s');
            CREATE TABLE totals (customer BIGINT, n BIGINT, amount BIGINT, last BIGINT, PRIMARY KEY (customer)) WITH (
              connector = 'jdbc', url = '%5$s', table = '%6$s', sink.flush_interval = '100 ms');
            INSERT INTO sales
              SELECT to_unixtime(window.start), shop, count(*), sum(amount)::BIGINT
              FROM (SELECT tumble(INTERVAL '1 second') AS window, shop, amount FROM orders)
              GROUP BY window, shop;
            INSERT INTO matches
              SELECT o.id, o.amount, p.id, p.paid
              FROM orders AS o LEFT JOIN payments AS p
              ON o.id = p.order_id AND p.at BETWEEN o.at AND o.at + INTERVAL '%7$d milliseconds';
            INSERT INTO totals
              SELECT customer, count(*), sum(amount)::BIGINT, max(id) FROM orders GROUP BY customer;
            """;

    String sql() {
        return SQL.formatted(Shop.DELAY, broker, topic, files, database, table, Shop.IN_TIME);
    }
}
