#include "tests/parsers/cloudformation/reader.h"

namespace preview::cloudformation {
namespace {

struct Case {
  std::string name;
  std::string expression;  // value of the queue's `X`
  std::string wanted;      // JSON, symbols by name
};

// The queue carries the expression in a property of its own.
std::string TemplateWith(const std::string& expression) {
  return R"(Transform: AWS::LanguageExtensions
Parameters:
  Given: {Type: String, Default: given}
  Open: {Type: String}
  Accounts: {Type: CommaDelimitedList, Default: '111111111111, 222222222222'}
  OpenList: {Type: 'List<Number>'}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}
Mappings:
  Ids:
    one: {Account: '333333333333', List: [a, b]}
    two: {Account: '444444444444', List: [c]}
Conditions:
  Yes: !Equals [!Ref Given, given]
  No: !Not [!Condition Yes]
Resources:
  Named: {Type: AWS::SQS::Queue, Properties: {QueueName: named}}
  Topic: {Type: AWS::SNS::Topic}
  Thing: {Type: Custom::Thing}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      X: )" +
         expression + "\n      Y: y\n";
}

class FunctionTable : public ::testing::TestWithParam<Case> {};

TEST_P(FunctionTable, GiveTheText) {
  Fixture fixture;
  fixture.options.imports = {{"given-import", "imported"}};
  const model::Deployment deployment = fixture.ReadOne(TemplateWith(GetParam().expression));
  EXPECT_EQ(fixture.Attribute(deployment.after, "Queue", "X"), GetParam().wanted);
  EXPECT_EQ(Fixture::Reasons(deployment), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(
    Table, FunctionTable,
    ::testing::Values(
        Case{"Parameter", "!Ref Given", R"("given")"},
        Case{"OpenParameter", "!Ref Open", R"("⟨parameter Open⟩")"},
        Case{"ListParameter", "!Ref Accounts", R"(["111111111111","222222222222"])"},
        Case{"OpenList", "!Ref OpenList", "unknown: parameter OpenList"},
        Case{"SelectOfOpenList", "!Select [1, !Ref OpenList]",
             R"("⟨Fn::Select 1 of parameter OpenList⟩")"},
        Case{"StoredParameter", "!Ref Stored", R"("⟨resolve:ssm:/a/b⟩")"},
        Case{"Account", "!Ref AWS::AccountId", R"("111122223333")"},
        Case{"PartitionAndSuffix", "!Sub '${AWS::Partition} ${AWS::Region} ${AWS::URLSuffix}'",
             R"("aws eu-west-1 amazonaws.com")"},
        Case{"StackName", "!Ref AWS::StackName", R"("⟨AWS::StackName⟩")"},
        Case{"QueueUrl", "!Ref Named",
             R"("https://sqs.eu-west-1.amazonaws.com/111122223333/named")"},
        Case{"QueueArn", "!GetAtt Named.Arn", R"("arn:aws:sqs:eu-west-1:111122223333:named")"},
        Case{"QueueArnAsList", "{'Fn::GetAtt': [Named, Arn]}",
             R"("arn:aws:sqs:eu-west-1:111122223333:named")"},
        Case{"QueueArnAsText", "{'Fn::GetAtt': Named.Arn}",
             R"("arn:aws:sqs:eu-west-1:111122223333:named")"},
        Case{"TopicWithoutName", "!Ref Topic",
             R"("arn:aws:sns:eu-west-1:111122223333:⟨Topic.TopicName⟩")"},
        Case{"AttributeWithoutForm", "!GetAtt Thing.Some.Where", R"("⟨Thing.Some.Where⟩")"},
        Case{"SubWithMap", "!Sub ['${A}-${Given}', {A: !Ref Given}]", R"("given-given")"},
        Case{"SubWithAttribute", "!Sub '${Named.Arn}/*'",
             R"("arn:aws:sqs:eu-west-1:111122223333:named/*")"},
        Case{"SubWithLiteral", "!Sub 'arn:${!aws:username}:${Given}'",
             R"("arn:${aws:username}:given")"},
        Case{"PlainPolicyVariable", "'${aws:username}'", R"("${aws:username}")"},
        Case{"SubUnclosed", "!Sub 'a${Given'", R"("a${Given")"},
        Case{"Join", "!Join [':', [a, !Ref Given, 1]]", R"("a:given:1")"},
        Case{"JoinOfList", "!Join ['/', !Ref Accounts]", R"("111111111111/222222222222")"},
        Case{"JoinLeavesOutNoValue", "!Join ['-', [a, !Ref AWS::NoValue, b]]", R"("a-b")"},
        Case{"Split", "!Split [',', 'a,b,,c']", R"(["a","b","","c"])"},
        Case{"SelectOfSplit", "!Select [4, !Split [':', !GetAtt Named.Arn]]", R"("111122223333")"},
        Case{"SelectOfSplitOfOpen", "!Select [0, !Split [',', !Ref Open]]",
             R"("⟨Fn::Select 0 of Fn::Split of ⟨parameter Open⟩⟩")"},
        Case{"SelectByText", "!Select ['1', [a, b]]", R"("b")"},
        Case{"IfTrue", "!If [Yes, a, b]", R"("a")"},
        Case{"IfFalse", "!If [No, a, [b]]", R"(["b"])"},
        Case{"NoValueRemoves", "!If [No, a, !Ref AWS::NoValue]", "absent"},
        Case{"NoValueInList", "[a, !If [No, b, !Ref 'AWS::NoValue'], c]", R"(["a","c"])"},
        Case{"NoValueInObject", "{A: !Ref 'AWS::NoValue', B: b}", R"({"B":"b"})"},
        Case{"FindInMap", "!FindInMap [Ids, one, Account]", R"("333333333333")"},
        Case{"FindInMapList", "!Select [1, !FindInMap [Ids, one, List]]", R"("b")"},
        Case{"FindInMapDefault", "{'Fn::FindInMap': [Ids, three, Account, {DefaultValue: none}]}",
             R"("none")"},
        Case{"FindInMapNested", "!FindInMap [Ids, !Select [1, [one, two]], Account]",
             R"("444444444444")"},
        Case{"Base64", "!Base64 ab", R"("YWI=")"}, Case{"Base64Whole", "!Base64 abc", R"("YWJj")"},
        Case{"Cidr", "!Cidr [10.0.0.0/16, 2, 8]", R"(["10.0.0.0/24","10.0.1.0/24"])"},
        Case{"CidrOfFour", "!Select [1, !Cidr ['192.168.0.0/24', 4, 6]]", R"("192.168.0.64/26")"},
        Case{"AvailabilityZones", "!Select [0, !GetAZs '']",
             R"("⟨Fn::Select 0 of the availability zones of eu-west-1⟩")"},
        Case{"Length", "{'Fn::Length': [a, b, c]}", "3"},
        Case{"ToJsonString", "{'Fn::ToJsonString': {A: !Ref Given, B: [1]}}",
             R"("{\"A\":\"given\",\"B\":[1]}")"},
        Case{"ImportValue", "!ImportValue other", R"("⟨Fn::ImportValue other⟩")"},
        Case{"GivenImport", "!ImportValue given-import", R"("imported")"},
        Case{"DynamicReference", "'a-{{resolve:ssm:/x:1}}-b'", R"("a-⟨resolve:ssm:/x:1⟩-b")"},
        Case{"SecretReference", "'{{resolve:secretsmanager:s:SecretString:p}}'",
             R"("⟨sensitive⟩")"},
        Case{"ConditionElementOfAPolicy",
             "{Condition: {StringEquals: {'aws:PrincipalOrgID': !Ref Given}}}",
             R"({"Condition":{"StringEquals":{"aws:PrincipalOrgID":"given"}}})"}),
    [](const auto& case_info) { return case_info.param.name; });

TEST(Functions, ReadPolicyTextAsItIs) {
  Fixture fixture;
  const auto deployment =
      fixture.ReadOne(R"({"Resources": {"P": {"Type": "AWS::SQS::QueuePolicy", "Properties": {
    "Queues": ["q"], "PolicyDocument": "{\"Statement\":[]}"}}}})");
  EXPECT_EQ(fixture.Attribute(deployment.after, "P", "PolicyDocument"), R"("{\"Statement\":[]}")");
}

TEST(Functions, KeepPlacesOfStatements) {
  Fixture fixture;
  const auto deployment = fixture.ReadOne(
      "Resources:\n"
      "  P:\n"
      "    Type: AWS::SQS::QueuePolicy\n"
      "    Properties:\n"
      "      Queues: [q]\n"
      "      PolicyDocument:\n"
      "        Statement:\n"
      "          - Effect: Allow\n"
      "            Principal: !Sub '*'\n");
  const model::Value* statement =
      deployment.after.resources.at(0).attributes.FindPath("PolicyDocument.Statement");
  ASSERT_NE(statement, nullptr);
  EXPECT_EQ(statement->items.at(0).place.line, 8U);
  EXPECT_EQ(statement->items.at(0).Find("Principal")->place.line, 9U);
  EXPECT_EQ(deployment.after.resources.at(0).place.line, 2U);
}

TEST(Functions, MarkNoEchoAsSensitive) {
  Fixture fixture;
  fixture.options.parameters = {{"Partner", "999988887777"}};
  const auto deployment = fixture.ReadOne(
      "Parameters: {Partner: {Type: String, NoEcho: true}}\n"
      "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {X: !Sub 'arn:${Partner}', Y: "
      "plain}}}\n");
  const model::Value& attributes = deployment.after.resources.at(0).attributes;
  EXPECT_EQ(attributes.Find("X")->text, "arn:999988887777");
  EXPECT_TRUE(attributes.Find("X")->sensitive);
  EXPECT_FALSE(attributes.Find("Y")->sensitive);
}

TEST(Functions, UseTheSymbolOfTheOwnAccountWithoutAnAccount) {
  Fixture fixture;
  fixture.options.environment = {};
  const auto deployment = fixture.ReadOne(
      "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {X: !Ref 'AWS::AccountId'}}}\n");
  EXPECT_EQ(fixture.Attribute(deployment.after, "Q", "X"), R"("⟨account⟩")");
  const auto id = model::AsSingleSymbol(deployment.environment.account);
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(fixture.symbols.Get(*id).form, model::SymbolForm::kOwnAccount);
}

TEST(Parameters, AreReadInThreeForms) {
  const text::Limits limits;
  const Texts wanted = {{"A", "1"}, {"B", "x,y"}};
  for (
      const char* text :
      {R"([{"ParameterKey":"A","ParameterValue":"1"},{"ParameterKey":"B","ParameterValue":"x,y"}])",
       R"({"Parameters":{"A":1,"B":["x","y"]}})", R"({"A":"1","B":"x,y"})", R"(["A=1","B=x,y"])",
       "A=1\n# words\nB=x,y\n"}) {
    const auto parameters = ParseParameters(text, 0, limits);
    ASSERT_TRUE(parameters.ok()) << text;
    EXPECT_EQ(parameters.value(), wanted) << text;
  }
  EXPECT_FALSE(ParseParameters("A", 0, limits).ok());
  EXPECT_FALSE(ParseParameters("[1]", 0, limits).ok());
}

}  // namespace
}  // namespace preview::cloudformation
