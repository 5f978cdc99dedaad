package io.millrace.convert;

class SparkEngineQuarantineTest extends EngineQuarantineTest {
  SparkEngineQuarantineTest() {
    super(TestedEngine.SPARK);
  }
}
