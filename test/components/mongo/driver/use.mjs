// Does with the variable that an app is given what an app does, and says what came of it in a line of JSON.
import { MongoClient } from "mongodb";

const client = new MongoClient(process.env.DATABASE_URL, { serverSelectionTimeoutMS: 5000 });
try {
  const orders = client.db().collection("orders");
  await orders.insertMany(Array.from({ length: 100 }, (_, index) => ({ _id: index, cents: index * 100 })));
  await orders.updateOne({ _id: 7 }, { $set: { cents: 1 } });
  const { version, ferretdbVersion } = await client.db("admin").command({ buildInfo: 1 });
  const dear = await orders.countDocuments({ cents: { $gte: 5000 } });
  const { cents } = await orders.findOne({ _id: 7 });
  const database = orders.dbName;
  console.log(JSON.stringify({ version, standIn: ferretdbVersion !== undefined, database, dear, cents }));
} catch (error) {
  console.log(JSON.stringify({ refused: error.message }));
} finally {
  await client.close();
}
