package io.millrace.convert;

class DirectEngineQuarantineTest extends EngineQuarantineTest {
  DirectEngineQuarantineTest() {
    super(TestedEngine.DIRECT);
  }
}
